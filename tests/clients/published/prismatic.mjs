// The action Query Profiles of Prismatic's Mixpanel connector: the requests of prismatic-io/components, components/mixpanel, through the
// HTTP client of its SDK. The connector itself is not on npm.
import {createClient} from '@prismatic-io/spectral/dist/clients/http/index.js';

import {all_pages, BASE_URL, run_tasks} from './tasks.mjs';

await run_tasks(({username, secret, project_id, parameters}) => {
    const client = createClient({
        baseUrl: `${BASE_URL}/api/2.0/`,
        responseType: 'json',
        headers: {'Content-Type': 'application/json', Authorization: 'Basic ' + Buffer.from(`${username}:${secret}`).toString('base64')},
    });
    const ask = async ({session_id, page}) => {
        // Numbers are sent as texts, objects as JSON in a text, lists as lists; the flag is always there; what is undefined is not sent.
        const lists = Object.entries(parameters).filter(([, value]) => value.startsWith('[')).map(([name, value]) => [name, JSON.parse(value)]);
        const body = {...parameters, ...Object.fromEntries(lists), session_id, page: String(page ?? 0), include_all_users: true};
        return (await client.post('/engage', body, {params: {project_id}})).data;
    };
    return all_pages(ask);
});
