#!/bin/bash
# What `engage-emulator exec` does to processes: the command's exit code, its signals, and what is left when it or the emulator ends.
# Run by tests/clients/run, which sets ENGAGE_EMULATOR_BIN.
set -euo pipefail
source "$(dirname "$0")/checks.sh"

mkfifo "$scratch/alive" "$scratch/never" "$scratch/up"

run() { # COMMAND...
    "$ENGAGE_EMULATOR_BIN" exec -- "$@" 2>"$scratch/report"
}
code() { # COMMAND...   prints its exit code
    local code=0
    "$@" >/dev/null 2>&1 || code=$?
    echo $code
}
is_running() { # PID
    kill -0 "$1" 2>/dev/null && echo yes || echo no
}
wait_for() { # PID   sets ended
    ended=0
    wait "$1" 2>/dev/null || ended=$?
}

check 'the exit code of the command' "$(code run bash -c 'exit 7')" 7
check 'a command that a signal ends' "$(code run bash -c 'kill -KILL $$')" 137
check 'a command that does not exist' "$(code run ./no-such-command)" 127
check 'it is named' "$(head -1 "$scratch/report")" 'engage-emulator: cannot run the command: ./no-such-command: No such file or directory'
check 'no command' "$("$ENGAGE_EMULATOR_BIN" exec 2>&1 || true)" 'engage-emulator: -- COMMAND is required (engage-emulator exec --help tells more)'

check 'no socket takes the place of a closed stream' "$("$ENGAGE_EMULATOR_BIN" exec -- readlink /proc/self/fd/2 2>&-)" /dev/null

left=$(run bash -c 'tail -f /dev/null & echo $!')
check 'nothing that the command started runs on' "$(is_running "$left")" no
left=$(run bash -c 'setsid tail -f /dev/null & echo $!')
check 'nor what has a session of its own' "$(is_running "$left")" no
check 'what starts others without an end, and does not care for SIGTERM, ends as well' \
    "$(run bash -c '(trap "" TERM; while :; do (read -rt 0.4 <>"$0" &); read -rt 0.2 <>"$0"; done) & echo started' "$scratch/never")" started
bash -c 'tail -f /dev/null & echo $! >"$0"; exec "$ENGAGE_EMULATOR_BIN" exec -- true 2>/dev/null' "$scratch/older"
older=$(<"$scratch/older")
check 'a process that was there before runs on' "$(is_running "$older")" yes
kill "$older"

# Whoever reads the pipe sees its end when all that have it open are gone.
readonly stay='exec 3>"$0/alive"; echo up >"$0/up"; tail -f /dev/null; true'
for ignored in '' 'trap "" TERM; '; do
    "$ENGAGE_EMULATOR_BIN" exec -- bash -c "$ignored$stay" "$scratch" 2>/dev/null &
    emulator=$!
    cat "$scratch/alive" &
    reader=$!
    read -r _ <"$scratch/up"
    kill -KILL $emulator
    wait $reader 2>/dev/null
    wait_for $emulator
    check "nothing runs on when the emulator is killed${ignored:+, not even what does not care for SIGTERM}" $ended 137
done

"$ENGAGE_EMULATOR_BIN" exec -- bash -c "echo \$PPID >\"\$0/guard\"; $stay" "$scratch" 2>/dev/null &
emulator=$!
cat "$scratch/alive" &
reader=$!
read -r _ <"$scratch/up"
kill -KILL "$(<"$scratch/guard")"
wait $reader 2>/dev/null
wait_for $emulator
check 'nor when the process between them is killed' $ended 137

for signal in HUP INT QUIT USR1 USR2 TERM; do
    # A background job of a script ignores some; bash could not change that.
    "$ENGAGE_EMULATOR_BIN" exec -- /usr/bin/python3 -c "
import signal, sys
signal.signal(signal.SIG$signal, lambda *_: sys.exit(9))
open(sys.argv[1], 'w').write('up\n')
while True:
    signal.pause()" "$scratch/up" 2>"$scratch/report" &
    emulator=$!
    read -r _ <"$scratch/up"
    kill -$signal $emulator
    wait_for $emulator
    check "SIG$signal reaches the command, and the report comes" "$ended $(<"$scratch/report")" '9 engage-emulator: 0 requests'
done

readonly once='
# Pending signals are delivered by their number.
import os, signal, subprocess, sys
COMMAND = """
import signal
seen = []
for number in signal.SIGHUP, signal.SIGTERM:
    signal.signal(number, lambda number, _: seen.append(signal.Signals(number).name))
print(\"up\", flush=True)
while \"SIGTERM\" not in seen:
    signal.pause()
print(*seen)
"""
emulator = subprocess.Popen([sys.argv[1], "exec", "--", sys.executable, "-c", COMMAND], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            text=True, start_new_session=True)
emulator.stdout.readline()
os.killpg(emulator.pid, signal.SIGHUP)
emulator.send_signal(signal.SIGTERM)
print(emulator.stdout.read(), end="")'
check 'a signal to the process group reaches the command once' "$(/usr/bin/python3 -c "$once" "$ENGAGE_EMULATOR_BIN")" 'SIGHUP SIGTERM'
