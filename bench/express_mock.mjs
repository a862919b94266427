// The mock that a team would write instead: pages of the demo project and nothing else. Not a part of the emulator.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const express = createRequire(process.cwd() + '/')('express');
const [port, file] = process.argv.slice(2);
const rows = readFileSync(file, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
const app = express();
app.use(express.urlencoded({extended: false}));
app.all('/api/query/engage', (request, response) => {
    if (!request.headers.authorization) return response.status(401).json({error: 'Unable to authenticate request'});
    const page = Number(request.body?.page ?? request.query.page ?? 0);
    response.json({results: rows.slice(page * 1000, (page + 1) * 1000), page, session_id: '1234567890-EXAMPL', page_size: 1000, total: rows.length, status: 'ok'});
});
app.listen(Number(port), '127.0.0.1');
