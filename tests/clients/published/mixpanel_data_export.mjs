// mixpanel-data-export: XMLHttpRequest of npm, the API secret as user name.
import MixpanelExport from 'mixpanel-data-export';

import {all_pages, run_tasks} from './tasks.mjs';

await run_tasks(({api_key, api_secret, parameters}) => {
    const panel = new MixpanelExport({api_key, api_secret});
    return all_pages(page => panel.engage({...parameters, ...page}));
});
