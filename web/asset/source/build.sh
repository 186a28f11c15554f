#!/bin/sh
# Builds ../static/ruqsat.css; see README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
(cd "$tools" && npm install --no-save --no-audit --no-fund --silent govuk-frontend@6.6.0 sass@1.108.2)
"$tools/node_modules/.bin/sass" --style=compressed --no-source-map --no-error-css --quiet-deps \
	--load-path="$tools/node_modules/govuk-frontend/dist" \
	"$here/ruqsat.scss" "$here/../static/ruqsat.css"
