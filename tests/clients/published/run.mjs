// Published clients, unmodified, under `engage-emulator exec`: each prints the profiles that the fixtures hold, whatever way its requests
// take, and asks for no more pages than it has to. Run by tests/clients/run, which sets ENGAGE_EMULATOR_BIN.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {check} from '../emulator.mjs';
import {TASKS, write_projects} from './projects.mjs';

const PAGE_SIZE = 1000;
const FOLDER = dirname(fileURLToPath(import.meta.url));

// The ways to the emulator: all that `exec` sets, or a part of it.
const NO_PROXY = 'unset HTTPS_PROXY HTTP_PROXY https_proxy http_proxy;';
const WAYS = {
    exec: '',
    hook: NO_PROXY,
    proxy: `export NODE_OPTIONS=--require=${join(FOLDER, 'proxy_agent.cjs')};`,
    'base URL': `${NO_PROXY} unset NODE_OPTIONS; export BASE_URL=$ENGAGE_EMULATOR_URL;`,
    TLS: `${NO_PROXY} unset NODE_OPTIONS; export BASE_URL=$ENGAGE_EMULATOR_TLS_URL;`,
};

const node = (...script) => ['node', ...script];
const python = script => ['/usr/bin/python3', '-B', script];
const CLIENTS = [
    {name: 'mixpanel-import', command: node('mixpanel_import.mjs'), ways: ['exec', 'proxy'], request: 'POST /api/2.0/engage'},
    {name: 'mixpanel-data-export', command: node('mixpanel_data_export.mjs'), ways: ['exec', 'proxy'], request: 'GET /api/2.0/engage/'},
    {name: 'mixpanel-data-export-node', command: node('mixpanel_data_export_node.mjs', 'basic'), ways: ['exec', 'proxy'], request: 'GET /api/2.0/engage/'},
    {name: 'mixpanel-data-export-node with signatures', command: node('mixpanel_data_export_node.mjs', 'sig'), ways: ['exec', 'proxy'], request: 'GET /api/2.0/engage/'},
    {name: 'Prismatic', command: node('prismatic.mjs'), ways: ['exec', 'hook', 'proxy', 'base URL', 'TLS'], request: 'POST /api/2.0/engage'},
    {name: 'fetch', command: node('fetch.mjs'), ways: ['exec', 'base URL', 'TLS'], request: 'POST /api/query/engage'},
    {name: 'requests', command: python('requests_client.py'), ways: ['exec', 'base URL', 'TLS'], request: 'POST /api/query/engage'},
    {name: 'urllib', command: python('urllib_client.py'), ways: ['exec', 'base URL', 'TLS'], request: 'GET /api/2.0/engage'},
    {name: 'curl', command: ['bash', 'curl_client.sh'], ways: ['exec', 'base URL', 'TLS'], request: 'POST /api/query/engage'},
];

// A page that is not full ends the loop of each client.
const requests = TASKS.reduce((sum, {rows}) => sum + Math.floor(rows.length / PAGE_SIZE) + 1, 0);
const report = request => `engage-emulator: ${requests} requests\n${String(requests).padStart(8)}  ${request} -> 200\n`;

const scratch = mkdtempSync(join(tmpdir(), 'engage-clients-'));
process.on('exit', () => rmSync(scratch, {recursive: true}));
const projects = write_projects(scratch).flatMap(path => ['--fixtures', path]);
const tasks = join(scratch, 'tasks.json');
writeFileSync(tasks, JSON.stringify(TASKS));
const environment = {...process.env, TASKS: tasks, XDG_DATA_HOME: join(scratch, 'data')};
delete environment.NO_PROXY, delete environment.no_proxy;

const parsed = text => {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
};

for (const {name, command, ways, request} of CLIENTS) {
    for (const way of ways) {
        const ran = spawnSync(process.env.ENGAGE_EMULATOR_BIN, ['exec', ...projects, '--', 'bash', '-c', `${WAYS[way]} exec "$@"`, 'bash', ...command],
                              {cwd: FOLDER, env: environment, encoding: 'utf8', maxBuffer: 1 << 30});
        const printed = ran.stdout.trimEnd().split('\n').map(parsed);
        check(`${name} by ${way}: its exit code, the report`, [ran.status, ran.stderr], [0, report(request)]);
        check(`${name} by ${way}: ${TASKS.map(task => task.name).join(', ')}`, printed, TASKS.map(task => task.rows));
    }
}
