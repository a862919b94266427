"""What the Python clients of this folder share: the tasks that the environment names, and the form of what they print."""
import json
import os

# Unless the client is told another host.
BASE_URL = os.environ.get("BASE_URL", "https://mixpanel.com")


def run_tasks(ask):
    """Prints one line a task: the rows of all pages that ask(task, parameters) returns, by the loop of
    docs.mixpanel.com/reference/engage-query."""
    with open(os.environ["TASKS"], encoding="utf-8") as file:
        tasks = json.load(file)
    for task in tasks:
        page = ask(task, task["parameters"])
        rows = page["results"]
        while len(page["results"]) >= page["page_size"]:
            page = ask(task, {**task["parameters"], "session_id": page["session_id"], "page": page["page"] + 1})
            rows += page["results"]
        print(json.dumps(rows))
