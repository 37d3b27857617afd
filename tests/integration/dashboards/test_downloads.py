"""What may be downloaded, under the terms of the publishers behind it."""

from tests.integration.dashboards.shown import Opened


def test_what_may_not_be_passed_on_is_offered_for_private_use_alone(opened: Opened) -> None:
    """IMDb, behind every chart, forbids it."""
    app = opened("charts")
    assert len(app.get("download_button")) == 0
    app.checkbox(key="private-chart-top").check().run()
    assert len(app.get("download_button")) == 2
    app.checkbox(key="private-chart-top").uncheck().run()
    assert len(app.get("download_button")) == 0
