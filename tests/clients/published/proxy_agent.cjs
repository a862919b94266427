// Loaded with NODE_OPTIONS=--require: what people load to make node go through $HTTPS_PROXY, which it does not know by itself.
const https = require('https');
const {HttpsProxyAgent} = require('https-proxy-agent');

// Libraries that ask for an agent of their own get one of the same class, made without arguments.
https.globalAgent = new (class extends HttpsProxyAgent {
    constructor() {
        super(process.env.HTTPS_PROXY);
    }
})();
