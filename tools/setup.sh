#!/bin/sh
# Set the project up: "run" its environment, "dev" what tests need in it, "system" the programs tests call.
# What is missing and cannot be installed is named in one line, with the command that installs it.
set -eu
cd "$(dirname "$0")/.."
VENV=.venv

fail() {
    echo "$1" >&2
    exit 1
}

is_root_with_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o Acquire::Retries=3 update >/dev/null && apt-get -qq -y -o Acquire::Retries=3 install --no-install-recommends "$@" >/dev/null
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    fail "Cần Python từ 3.11 trở lên / Python 3.11 or newer is needed: apt-get install python3 python3-venv"
}

make_venv() {
    python=$(find_python)
    [ -x $VENV/bin/pip ] && $VENV/bin/python -c '' 2>/dev/null && return
    rm -rf $VENV
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        is_root_with_apt && apt_install "python$version-venv" ||
            fail "Thiếu mô-đun venv của Python / Python's venv module is missing: apt-get install python$version-venv"
    fi
    "$python" -m venv $VENV
}

pip_install() {
    echo "Đang cài đặt / installing: $1" >&2
    $VENV/bin/pip install --quiet --disable-pip-version-check --retries 5 -e "$1" ||
        fail "Không cài được gói Python / packages could not be installed: $VENV/bin/pip install -e '$1'"
}

case "${1:-}" in
run)
    make_venv
    pip_install .
    touch $VENV/.run
    ;;
dev)
    make_venv
    pip_install '.[dev]'
    touch $VENV/.run $VENV/.dev
    ;;
system)
    missing=
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
    command -v chromedriver >/dev/null 2>&1 || missing="$missing chromium-driver"
    command -v tesseract >/dev/null 2>&1 || missing="$missing tesseract-ocr"
    tesseract --list-langs 2>/dev/null | grep -qx vie || missing="$missing tesseract-ocr-vie"
    command -v antiword >/dev/null 2>&1 || command -v catdoc >/dev/null 2>&1 || missing="$missing antiword"
    [ -z "$missing" ] && exit 0
    # shellcheck disable=SC2086  one word a package
    if is_root_with_apt && apt_install $missing; then
        exit 0
    fi
    # the tests that need them skip and say so
    echo "Thiếu gói hệ thống / system packages are missing: apt-get install$missing" >&2
    ;;
*)
    fail "usage: $0 run|dev|system"
    ;;
esac
