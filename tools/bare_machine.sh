#!/bin/sh
# The commands of the Makefile on a bare machine: a minimal Debian made by debootstrap, with a fresh clone in it.
#
#   tools/bare_machine.sh [-s SUITE] [-u USER] [-p PREFIX] [-w FOLDER] [COMMAND…]
#
#   -s SUITE    of Debian: bookworm (12), trixie (13; the default), sid
#   -u USER     root (the default) or ordinary
#   -p PREFIX   use the Python of this folder of the host instead of Debian's, copied into the machine
#   -w FOLDER   where machines are made and logs kept; default /var/tmp/bare-machines
#   COMMAND     serve (until it answers, then SIGTERM to make), quick, test, ci, lint; default: serve quick ci
#
# Needs root and Debian's package debootstrap. Packages come from where this machine gets its own: the mirror is read
# from apt, what pip and apt need to reach it (proxies, certificates) is handed through; nothing of it is kept in the
# project. The machine holds what the README asks for and no more: Python, make; for an ordinary user also the venv
# module. A row of a table is printed for each command and added to FOLDER/table.md; what a command said is in its log.
set -eu
project=$(cd "$(dirname "$0")/.." && pwd)
suite=trixie user=root prefix= work=/var/tmp/bare-machines
while getopts s:u:p:w: option; do
    case $option in
    s) suite=$OPTARG ;;
    u) user=$OPTARG ;;
    p) prefix=$OPTARG ;;
    w) work=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- serve quick ci
case $user in root) home=/root ;; ordinary) home=/home/ordinary ;; *) echo "-u: root or ordinary" >&2 && exit 2 ;; esac
[ "$(id -u)" = 0 ] || { echo "bare_machine.sh: needs root, to make and enter the machine" >&2 && exit 2; }
command -v debootstrap >/dev/null || { echo "bare_machine.sh: apt-get install debootstrap" >&2 && exit 2; }
# mounts are made in a namespace of their own: they are gone when this script is, however it ends
if [ -z "${BARE_MACHINE:-}" ]; then
    BARE_MACHINE=1 exec unshare --mount --propagation private sh "$0" -s "$suite" -u "$user" -p "$prefix" -w "$work" "$@"
fi

name=$suite-$user${prefix:+-$(basename "$prefix")}
root=$work/$name
clone=$home/cancu
port=18000

mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | head -1
}

# Files that reach the network from here. Certificates lie where no package of the machine writes its own over them.
certificates=/usr/local/share/host-certificates.pem
hand_through() {
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    [ ! -f /etc/pip.conf ] || grep -v '^ *cert *=' /etc/pip.conf >"$root/etc/pip.conf"
    for file in "${PIP_CERT:-}" "${REQUESTS_CA_BUNDLE:-}" "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt; do
        [ -n "$file" ] && [ -f "$file" ] && install -m 644 "$file" "$root$certificates" && break
    done
    for file in /etc/apt/apt.conf.d/*prox*; do
        [ ! -f "$file" ] || cp "$file" "$root/etc/apt/apt.conf.d/"
    done
}

# Variables that reach it, one a line; none of the project's own, no folder of wheels of this host.
environment() {
    echo "PIP_CERT=$certificates"
    echo "SSL_CERT_FILE=$certificates"
    env | grep -iE '^(PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|PROXY|DEFAULT_TIMEOUT)|(https?|no|all)_proxy)=' || true
}

make_machine() {
    base=$work/base-$suite
    if [ ! -e "$base/.made" ]; then
        rm -rf "$base"
        debootstrap --variant=minbase --include=make,python3 "$suite" "$base" "$(mirror)" >"$work/base-$suite.log" 2>&1
        chroot "$base" apt-get clean
        touch "$base/.made"
    fi
    [ ! -e "$root" ] || rm -rf --one-file-system "$root"
    cp -a "$base" "$root"
    hand_through
    if [ -n "$prefix" ]; then
        install -d "$root$prefix"
        cp -a "$prefix/." "$root$prefix"
        chmod a+x "$root/root" # the copy may lie in root's home
    fi
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    if [ "$user" = ordinary ]; then
        inside_as root 'apt-get -qq update && apt-get -qq -y install --no-install-recommends python3-venv' >/dev/null 2>&1
        chroot "$root" useradd --create-home --shell /bin/sh ordinary
    fi
    git clone --quiet --no-hardlinks "$project" "$root$clone"
    chroot "$root" chown -R "$user:" "$clone"
}

# inside_as USER WORDS: a shell of the machine, with nothing of this one's environment but what reaches the network
inside_as() (
    account=$1 words=$2 place=/root
    [ "$account" = root ] || place=$home
    set --
    while IFS= read -r line; do
        set -- "$@" "$line"
    done <<END
$(environment)
END
    exec chroot --userspec="$account:" "$root" /usr/bin/env --default-signal=INT -i "$@" HOME="$place" USER="$account" LANG=C.UTF-8 \
        PATH="${prefix:+$prefix/bin:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
        sh -c "$words" </dev/null
)

# row COMMAND SECONDS RESULT
row() {
    printf '| Debian %s, %s, %s | %s | %s | %s |\n' "$suite" "$version" "$user" "$1" "$2" "$3" | tee -a "$work/table.md"
}

answers() {
    python3 -c 'import sys, urllib.request as u; sys.exit(u.urlopen(sys.argv[1], timeout=5).status != 200)' \
        "http://127.0.0.1:$port/healthz" 2>/dev/null
}

serve() {
    began=$(date +%s)
    inside_as "$user" "cd $clone && exec make serve PORT=$port" >"$log" 2>&1 &
    shell=$!
    until answers; do
        kill -0 $shell 2>/dev/null || { row 'make serve' $(($(date +%s) - began)) "failed: $(tail -1 "$log")" && return; }
        sleep 1
    done
    took=$(($(date +%s) - began))
    # the one make in this machine whose work is serving
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root")" = "$root" ] && [ "$(cat "$process/comm")" = make ] && kill -TERM "${process#/proc/}"
    done
    ended="ends with make" && sleep 3
    ! answers || ended="LIVES ON after make"
    wait $shell 2>/dev/null || true
    row 'make serve' $took "answers; $ended; $(du -sm "$root$clone/.venv" | cut -f1) MB"
}

# run TITLE WORDS
run() {
    began=$(date +%s)
    code=0
    inside_as "$user" "cd $clone && $2" >"$log" 2>&1 || code=$?
    row "$1" $(($(date +%s) - began)) "exit $code; $(grep -E '(passed|failed|error).* in ' "$log" | tail -1 | tr -d '=')"
}

mkdir -p "$work"
work=$(cd "$work" && pwd)
make_machine
version=$(inside_as "$user" 'python3 -c "import sys; print(\"Python %d.%d\" % sys.version_info[:2])"')
for command; do
    log=$work/$name-$command.log
    case $command in
    serve) serve ;;
    quick | test | lint) run "make $command" "make $command" ;;
    ci) run .ci/run .ci/run ;;
    *) echo "no such command: $command" >&2 && exit 2 ;;
    esac
done
