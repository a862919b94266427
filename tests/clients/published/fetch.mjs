// fetch of node, which form-encodes as the reference page documents it.
import {all_pages, BASE_URL, run_tasks} from './tasks.mjs';

await run_tasks(({username, secret, project_id, parameters}) => {
    const headers = {Authorization: 'Basic ' + btoa(`${username}:${secret}`)};
    return all_pages(async page => {
        const body = new URLSearchParams({...parameters, ...page});
        const response = await fetch(`${BASE_URL}/api/query/engage?project_id=${project_id}`, {method: 'POST', headers, body});
        return response.json();
    });
});
