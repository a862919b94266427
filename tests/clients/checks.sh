# Sourced by the shell tests of this folder: a folder of their own that goes with them, and a line for each check.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_DATA_HOME=$scratch/data

check() { # NAME ACTUAL EXPECTED
    if [[ $2 != "$3" ]]; then
        printf 'FAILED - %s\nexpected: %.2000s\n     got: %.2000s\n' "$1" "$3" "$2"
        exit 1
    fi
    echo "ok - $1"
}
