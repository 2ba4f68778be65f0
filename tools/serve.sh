#!/bin/sh
# Read a folder into its knowledge base and serve it: serve.sh CORPUS PORT
# The bundled collection goes to ./cancu-kb, any other folder to a ./cancu-kb-… of its own; KB=DIR chooses another.
set -eu
cd "$(dirname "$0")/.."
corpus=$1
port=$2
if [ ! -e "$corpus" ]; then
    echo "Không có thư mục $corpus / there is no folder $corpus: make serve CORPUS=…" >&2
    exit 3
fi
if [ -n "${KB:-}" ]; then
    kb=$KB
elif [ "$corpus" = corpus/samples ]; then
    kb=cancu-kb
else
    full=$(realpath "$corpus")
    kb="cancu-kb-$(basename "$full")-$(printf %s "$full" | cksum | cut -d' ' -f1)"
fi
# one process from here: whoever ends make ends the reading and the server with it
exec .venv/bin/python tools/serve.py "$corpus" "$kb" "$port"
