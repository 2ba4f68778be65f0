#!/bin/sh
# Set the project up. What is missing and cannot be installed is named in one line, with the command that installs it.
#   setup.sh run      the environment of the program, and the programs that read scans and old Word files where root
#   setup.sh dev      what lint and tests need in it
#   setup.sh readers  the programs that read scans and old Word files
#   setup.sh system   these, and the other programs and fonts that tests use
set -eu
cd "$(dirname "$0")/.."
VENV=.venv
LOG=$VENV/install.log

fail() {
    echo "$1" >&2
    exit 1
}

is_root_with_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

# System packages, silently: what apt complains of is in the log, the caller says it in one line.
apt_install() {
    mkdir -p $VENV
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get -qq -o Acquire::Retries=3 update &&
            apt-get -qq -y -o Acquire::Retries=3 install --no-install-recommends "$@"
    } >>$LOG 2>&1
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
        echo "Đang cài / installing: python$version-venv (apt-get)" >&2
        is_root_with_apt && apt_install "python$version-venv" ||
            fail "Thiếu mô-đun venv của Python / Python's venv module is missing: apt-get install python$version-venv"
    fi
    "$python" -m venv $VENV
}

# What pip does, in a line for each large package: nobody should wonder for minutes whether anything happens.
show_progress() {
    while IFS= read -r line; do
        echo "$line" >>$LOG
        case $line in
        *Downloading*" MB)"* | *"Using cached"*" MB)"*)
            echo "$line" | sed 's/^ *Downloading */  /; s/^ *Using cached */  /' >&2
            ;;
        "Installing collected packages"*) echo "  … đang ghi vào đĩa / writing to disk" >&2 ;;
        esac
    done
}

explain_failure() {
    # pip warns of every attempt that failed; that none was left over shows in its last words
    if grep -q 'from versions: none' $LOG && grep -q 'connection broken by' $LOG; then
        fail "Không tới được kho gói Python (không có mạng?): nối mạng hay đặt proxy rồi chạy lại / Python's package index is out of reach (no network?): connect or set a proxy, and run again. All of it: $LOG"
    fi
    grep '^ERROR' $LOG | tail -1 >&2
    fail "Không cài được gói Python / packages could not be installed, all of it in $LOG: $VENV/bin/pip install -e '$1'"
}

# pip_install WHAT SIZE: SIZE is what the environment takes on the disk afterwards, seen on Debian 12 and 13
pip_install() {
    echo "Đang cài gói Python, thường một đến ba phút, chiếm khoảng $2 MB / installing Python packages: one to three minutes as a rule, about $2 MB" >&2
    began=$(date +%s)
    : >$LOG
    rm -f $VENV/.failed
    { $VENV/bin/pip install --disable-pip-version-check --no-input --progress-bar off --retries 3 -e "$1" 2>&1 ||
        touch $VENV/.failed; } | show_progress
    [ ! -e $VENV/.failed ] || explain_failure "$1"
    echo "Xong sau $(($(date +%s) - began)) giây / done in $(($(date +%s) - began)) s: $(du -sm $VENV | cut -f1) MB" >&2
}

missing_readers() {
    command -v tesseract >/dev/null 2>&1 || echo tesseract-ocr
    tesseract --list-langs 2>/dev/null | grep -qx vie || echo tesseract-ocr-vie
    command -v antiword >/dev/null 2>&1 || command -v catdoc >/dev/null 2>&1 || echo antiword
}

missing_for_tests() {
    missing_readers
    command -v chromium >/dev/null 2>&1 || echo chromium
    command -v chromedriver >/dev/null 2>&1 || echo chromium-driver
    # a face like Times with Vietnamese letters: test scans are printed in it (bench/_printing.py)
    for face in liberation2/LiberationSerif-Regular freefont/FreeSerif dejavu/DejaVuSerif; do
        [ ! -e /usr/share/fonts/truetype/$face.ttf ] || return 0
    done
    echo fonts-freefont-ttf
}

# The second recogniser, by which the digits of scans are checked; without it scans are read all the same.
second_recogniser() {
    [ "${CANCU_SCANS:-1}" != 0 ] || return 0
    $VENV/bin/python -c 'import rapidocr, onnxruntime' 2>/dev/null && return
    echo "Đang cài bộ nhận dạng thứ hai cho bản quét, khoảng 300 MB / installing the second recogniser for scans, about 300 MB" >&2
    $VENV/bin/pip install --disable-pip-version-check --no-input --progress-bar off --retries 3 -q -e '.[scans]' >>$LOG 2>&1 ||
        echo "Chưa có, để kiểm chữ số của bản quét / not here, to check the digits of scans: $VENV/bin/pip install -e '.[scans]'" >&2
}

# system_packages WHAT_FOR PACKAGE…: installed where root, else named; nothing here is needed to go on
system_packages() {
    purpose=$1
    shift
    [ $# -gt 0 ] || return 0
    if is_root_with_apt; then
        echo "Đang cài / installing (apt-get), $purpose: $*" >&2
        apt_install "$@" && return
    fi
    echo "Chưa có, $purpose / not here: apt-get install $*" >&2
}

case "${1:-}" in
run)
    make_venv
    pip_install . 450
    second_recogniser
    # shellcheck disable=SC2046  one word a package
    system_packages "bản quét và .doc / for scans and .doc" $(missing_readers)
    touch $VENV/.run
    ;;
dev)
    make_venv
    pip_install '.[dev]' 700
    touch $VENV/.run $VENV/.dev
    ;;
readers)
    # shellcheck disable=SC2046
    system_packages "bản quét và .doc / for scans and .doc" $(missing_readers)
    ;;
system)
    # the tests that need one of them skip and say so
    # shellcheck disable=SC2046
    system_packages "cho kiểm thử / for tests" $(missing_for_tests)
    ;;
*)
    fail "usage: $0 run|dev|readers|system"
    ;;
esac
