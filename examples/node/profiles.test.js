// A client that knows only mixpanel.com, and its test: engage-emulator exec -- npm test --prefix examples/node
import assert from 'node:assert/strict';
import test from 'node:test';

const URL = 'https://mixpanel.com/api/query/engage?project_id=2195193';
const headers = {Authorization: 'Basic ' + btoa('demo.5f3a1c.mp-service-account:demo-secret')};

/** All profiles that match, page by page. */
async function* profiles(where) {
    for (let form = {where}, page; form; ) {
        const answer = await fetch(URL, {method: 'POST', headers, body: new URLSearchParams(form)});
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
        page = await answer.json();
        yield* page.results;
        form = page.results.length < page.page_size ? null : {where, session_id: page.session_id, page: page.page + 1};
    }
}

test('all pages are fetched', async () => {
    const ids = new Set();
    for await (const {$distinct_id} of profiles('defined(properties["$email"])')) ids.add($distinct_id);
    assert.equal(ids.size, 2323);
});
