"""Great Expectations suites, and the one place that runs them."""
