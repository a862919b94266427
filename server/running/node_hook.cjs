// Loaded into node with NODE_OPTIONS=--require: connections to Mixpanel's hosts go to the emulator, whatever library opens them.
// Any other host than this machine and those that are allowed is refused, so that a test cannot reach the real service.
'use strict';
const childProcess = require('child_process');
const net = require('net');
const {promisify} = require('util');
const workerThreads = require('worker_threads');

const portOf = (url) => (url ? Number(new URL(url).port) : undefined);
const ports = {443: portOf(process.env.ENGAGE_EMULATOR_TLS_URL), 80: portOf(process.env.ENGAGE_EMULATOR_URL)};
const allowed = (process.env.ENGAGE_EMULATOR_ALLOWED_HOSTS || '').split(',').filter(Boolean);

const own = new URL(process.env.ENGAGE_EMULATOR_URL || 'http://localhost').hostname.replace(/^\[|\]$/g, '');

const isBelow = (host, domain) => host.endsWith('.' + domain);
const isMixpanel = (host) => host === 'mixpanel.com' || isBelow(host, 'mixpanel.com');
const isLoopback = (host) => host === 'localhost' || isBelow(host, 'localhost') || ['::1', '0.0.0.0', '::', own].includes(host) ||
    /^(::ffff:)?127\.[\d.]+$/.test(host);
const isAllowed = (host) => allowed.some((name) => (name.startsWith('*.') ? isBelow(host, name.slice(2)) : host === name));

function redirected(options) {
    if (options.path) return options;  // A local socket.
    const host = String(options.host || 'localhost').toLowerCase().replace(/\.$/, '');
    if (isAllowed(host)) return options;
    // A lookup of the caller's own could name another machine.
    if (isLoopback(host)) return {...options, lookup: undefined};
    if (isMixpanel(host) && ports[options.port]) return {...options, host: '127.0.0.1', port: ports[options.port], lookup: undefined};
    const error = new Error(`engage-emulator answers for mixpanel.com only and did not contact ${host}:${options.port}; ` +
                            '--proxy-allow HOST lets a host through');
    error.code = 'ECONNREFUSED';
    throw error;
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
    // Node's own callers pass one list that is marked as normalised; it has to stay that list.
    const list = Array.isArray(given[0]) ? given[0] : given;
    if (typeof list[0] !== 'object' || list[0] === null) {
        const isPath = typeof list[0] === 'string' && !/^\d+$/.test(list[0]);
        if (!isPath) list.splice(0, typeof list[1] === 'string' ? 2 : 1, {port: Number(list[0]), host: typeof list[1] === 'string' ? list[1] : undefined});
    }
    if (typeof list[0] === 'object') {
        try {
            list[0] = redirected(list[0]);
        } catch (error) {
            process.nextTick(() => this.destroy(error));
            return this;
        }
    }
    return connect.apply(this, given);
};

// Workers and child processes that are given an environment of their own keep what leads to the emulator.
const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR',
    'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'MP_API_BASE_URL', 'MP_APP_BASE_URL', 'JAVA_TOOL_OPTIONS'];
const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => names.includes(name) || name.startsWith('ENGAGE_EMULATOR_')));
const hook = '--require=' + (/[ "\\]/.test(__filename) ? `"${__filename.replace(/["\\]/g, '\\$&')}"` : __filename);

function completed(env) {
    const options = String(env.NODE_OPTIONS || '');
    return {...kept, ...env, NODE_OPTIONS: options.includes(hook) ? options : `${options} ${hook}`.trim()};
}

function withCompletedEnvironment(start) {
    return (...given) => {
        const at = given.findIndex((item, i) => i > 0 && item && typeof item === 'object' && !Array.isArray(item));
        if (at > 0 && given[at].env) given[at] = {...given[at], env: completed(given[at].env)};
        return start(...given);
    };
}

for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']) {
    const start = childProcess[name];
    childProcess[name] = withCompletedEnvironment(start);
    if (start[promisify.custom]) Object.defineProperty(childProcess[name], promisify.custom, {value: withCompletedEnvironment(start[promisify.custom])});
}

workerThreads.Worker = class Worker extends workerThreads.Worker {
    constructor(file, options = {}) {
        const changed = {...options};
        if (options.env && typeof options.env === 'object') changed.env = completed(options.env);
        // These are in place of NODE_OPTIONS where there is no environment.
        else if (options.execArgv) changed.execArgv = [`--require=${__filename}`, ...options.execArgv];
        super(file, changed);
    }
};

require('module').syncBuiltinESMExports();
