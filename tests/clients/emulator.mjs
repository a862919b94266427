// Starts an emulator of its own for a node client and reports its checks.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import http from 'node:http';
import {createInterface} from 'node:readline';

const PROJECT = 2195193;
const SERVICE_ACCOUNT = 'demo.5f3a1c.mp-service-account:demo-secret';
const START_PATIENCE_MS = 20_000;

/** The rows of the demo project as they are sent, in the order in which they are sent. */
export const DEMO_ROWS = readFileSync(new URL('../../fixtures/data/demo/profiles.ndjson', import.meta.url), 'utf8').trimEnd().split('\n');

export function check(name, actual, expected) {
    try {
        assert.deepEqual(actual, expected);
    } catch (difference) {
        console.log(`FAILED - ${name}\n${difference.message}`);
        process.exit(1);
    }
    console.log(`ok - ${name}`);
}

/** Runs `client` with the query functions of a fresh emulator, then stops it with SIGTERM. */
export async function with_emulator(flags, client) {
    const emulator = spawn(process.env.ENGAGE_EMULATOR_BIN, ['serve', '--port', '0', '--ready-format', 'json', ...flags], {stdio: ['ignore', 'pipe', 'inherit']});
    const exited = new Promise(resolve => emulator.on('exit', (code, signal) => resolve(code ?? signal)));
    process.on('exit', () => emulator.kill('SIGKILL'));
    const url = `http://127.0.0.1:${await port_of(emulator)}`;
    await client({query: form => query(url, form), query_over: (agent, form) => query_over(url, agent, form)});
    emulator.kill('SIGTERM');
    check('SIGTERM ends the emulator with exit code 0', await exited, 0);
}

/** From the ready line; a stream that ends or a time that runs out first is an error. */
async function port_of(emulator) {
    const lines = createInterface({input: emulator.stdout});
    const ended = once(lines, 'close').then(() => assert.fail('the emulator ended before it was ready'));
    const [line] = await Promise.race([once(lines, 'line', {signal: AbortSignal.timeout(START_PATIENCE_MS)}), ended]);
    ended.catch(() => {});  // From here on it may end.
    return JSON.parse(line).port;
}

const PATH = `/api/query/engage?project_id=${PROJECT}`;
const HEADERS = {Authorization: `Basic ${btoa(SERVICE_ACCOUNT)}`};

/** A form POST as the reference page documents it: {status, text}. */
async function query(url, form) {
    const response = await fetch(url + PATH, {method: 'POST', headers: HEADERS, body: new URLSearchParams(form)});
    return {status: response.status, text: await response.text()};
}

/** The same over a connection of `agent`: the status, once the whole answer is there. */
function query_over(url, agent, form) {
    return new Promise((resolve, reject) => {
        const headers = {...HEADERS, 'Content-Type': 'application/x-www-form-urlencoded'};
        const request = http.request(url + PATH, {method: 'POST', agent, headers}, response => {
            response.resume();
            response.on('end', () => resolve(response.statusCode));
        });
        request.on('error', reject);
        request.end(String(new URLSearchParams(form)));
    });
}

/** The whole text of an answer of the demo project, computed_at replaced by `<computed_at>`. */
export function page_text({rows, page, page_size = 1000, total, session_id}) {
    return `{"results":[${rows.join(',')}],"page":${page},"session_id":"${session_id}","page_size":${page_size},"total":${total},"status":"ok","computed_at":"<computed_at>"}`;
}

export function normalise(text) {
    return text.replace(/"computed_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00"/, '"computed_at":"<computed_at>"');
}
