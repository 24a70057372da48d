# The service and its worker in one image. Give it a Postgres by GREENLIGHT_DATABASE_URL, or a volume on /data.
# There is no login yet, so publish the port on loopback only: -p 127.0.0.1:8321:8321
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /app && /app/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY state state
COPY prompts prompts
COPY tools tools
COPY nodes nodes
COPY graphs graphs
COPY server server
RUN /app/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
ENV PATH=/app/bin:$PATH \
    GREENLIGHT_DATA_DIR=/data \
    GREENLIGHT_HOST=0.0.0.0 \
    LANGGRAPH_STRICT_MSGPACK=true \
    LANGSMITH_TRACING=false
RUN useradd --create-home --uid 10001 greenlight && mkdir /data && chown greenlight /data
COPY --from=build /app /app
USER greenlight
VOLUME /data
EXPOSE 8321
HEALTHCHECK CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8321/health', timeout=3)"
CMD ["greenlight", "serve"]
