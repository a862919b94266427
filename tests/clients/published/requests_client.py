"""requests, with a form in the body."""
import requests

from python_tasks import BASE_URL, run_tasks


def ask(task, parameters):
    url = f"{BASE_URL}/api/query/engage?project_id={task['project_id']}"
    return requests.post(url, auth=(task["username"], task["secret"]), data=parameters).json()


run_tasks(ask)
