#!/usr/bin/env bash
# Runs every test there is, on both databases. What is missing is installed when
# root runs this on Debian, and named otherwise: nothing is skipped in silence.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v chromium >/dev/null || missing+=(chromium)
command -v pdftotext >/dev/null || missing+=(poppler-utils) # papers are read back
if [ "${#missing[@]}" -gt 0 ]; then
	if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
		export DEBIAN_FRONTEND=noninteractive
		apt-get update -q
		apt-get install -y -q --no-install-recommends "${missing[@]}"
	else
		echo "The tests need: ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
		exit 1
	fi
fi

export RUQSAT_REQUIRE=postgres,chromium
unformatted=$(gofmt -l $(git ls-files '*.go'))
if [ -n "$unformatted" ]; then
	printf 'gofmt these files:\n%s\n' "$unformatted" >&2
	exit 1
fi
go mod verify
go vet ./...
go test -timeout 15m ./...
