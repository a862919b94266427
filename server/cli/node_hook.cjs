// Loaded into node with NODE_OPTIONS=--require: connections to Mixpanel's hosts go to the emulator, whatever library opens them.
// Any other host than this machine and those that are allowed is refused, so that a test cannot reach the real service.
'use strict';
const net = require('net');

const portOf = (url) => (url ? Number(new URL(url).port) : undefined);
const ports = {443: portOf(process.env.ENGAGE_EMULATOR_TLS_URL), 80: portOf(process.env.ENGAGE_EMULATOR_URL)};
const allowed = (process.env.ENGAGE_EMULATOR_ALLOWED_HOSTS || '').split(',').filter(Boolean);

const isBelow = (host, domain) => host.endsWith('.' + domain);
const isMixpanel = (host) => host === 'mixpanel.com' || isBelow(host, 'mixpanel.com');
const isLoopback = (host) => host === 'localhost' || isBelow(host, 'localhost') || host === '::1' || /^127\.[\d.]+$/.test(host);
const isAllowed = (host) => allowed.some((name) => (name.startsWith('*.') ? isBelow(host, name.slice(2)) : host === name));

function redirected(options) {
    if (options.path) return options;  // A local socket.
    const host = String(options.host || 'localhost').toLowerCase().replace(/\.$/, '');
    if (isLoopback(host) || isAllowed(host)) return options;
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
