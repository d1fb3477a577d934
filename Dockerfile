# pledgecalc for those who have a container and no Python:
#   docker build -t pledgecalc .
#   docker run --rm -v "$PWD/examples:/data:ro" pledgecalc reconcile lithuania --in USD
# It reads what is mounted at /data, asks no network, and runs as a user without rights.
FROM python:3.13-slim
WORKDIR /src
COPY pyproject.toml README.md LICENSE cli.py ./
COPY calc calc
COPY pledgecalc pledgecalc
COPY rates rates
RUN python -m pip install --no-cache-dir ".[excel,html,papers,parquet]"
RUN pledgecalc convert 683m EUR USD --on 2024-11-04
RUN useradd --no-create-home reader
USER reader
WORKDIR /data
ENTRYPOINT ["pledgecalc"]
CMD ["--help"]
