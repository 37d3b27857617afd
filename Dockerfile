# One image for every service of docker-compose.yml: the locked environment and our code.
FROM python:3.11-slim-bookworm AS locked
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1
WORKDIR /opt/arthouse
COPY pyproject.toml uv.lock uv.txt ./
RUN pip install --no-cache-dir --only-binary :all: --require-hashes -r uv.txt
RUN uv sync --frozen --no-dev --group services --no-install-project
COPY . .
RUN uv sync --frozen --no-dev --group services && python -m compileall -q cli dags dashboards ingest warehouse

FROM python:3.11-slim-bookworm
# Named volumes take the owner of the folder they first cover.
RUN useradd --uid 10001 --home-dir /tmp --no-create-home arthouse \
    && install --directory --owner=10001 --group=10001 /data /logs
COPY --from=locked /opt/arthouse /opt/arthouse
ENV PATH=/opt/arthouse/.venv/bin:$PATH PYTHONPATH=/opt/arthouse PYTHONDONTWRITEBYTECODE=1
WORKDIR /opt/arthouse
USER 10001:10001
CMD ["arthouse", "--help"]
