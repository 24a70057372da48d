# Greenlight as an image: the packages that the tests ran with, by their digests, and the program as a package.
# docs/operations.md says how to run it, and that nobody has built it yet.
FROM python:3.12-slim AS built
RUN python -m venv /opt/greenlight
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements-run.lock /src/
RUN /opt/greenlight/bin/pip install --no-deps --require-hashes -r /src/requirements-run.lock
COPY . /src
RUN /opt/greenlight/bin/pip install --no-deps --no-build-isolation /src

FROM python:3.12-slim
COPY --from=built /opt/greenlight /opt/greenlight
# An account of its own: nothing here needs root, and files on the volume belong to the same number everywhere.
RUN useradd --uid 10001 --create-home greenlight && install -d -o greenlight /data
USER greenlight
ENV PATH=/opt/greenlight/bin:$PATH \
    GREENLIGHT_DATA_DIR=/data \
    GREENLIGHT_HOST=0.0.0.0 \
    LANGGRAPH_STRICT_MSGPACK=true \
    LANGSMITH_TRACING=false
VOLUME /data
EXPOSE 8321
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8321/health/ready', timeout=4)"]
ENTRYPOINT ["greenlight"]
CMD ["serve"]
