#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long a server takes to answer, as its clients see it, at one and at several connections.

    copydesk serve m.index --socket sock &
    bench/index/load.py sock q.jsonl --requests 3000 --clients 1 2 4 8

One document a request, connections are kept. Prints requests a second and milliseconds at the 50th, 90th
and 99th percentile of the clients' clocks, and what GET /stats says of the server's own.
"""

import argparse
import http.client
import itertools
import json
import socket
import threading
import time


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def percentiles(times):
    times = sorted(times)
    return [1000 * times[int(share * (len(times) - 1))] for share in (0.5, 0.9, 0.99, 1.0)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("socket")
    parser.add_argument("documents", help="JSON Lines, of which each line is a request")
    parser.add_argument("--requests", type=int, default=3000, help="of all clients together")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--add", action="store_true", help="POST /add instead of /query")
    arguments = parser.parse_args()
    with open(arguments.documents, "rb") as file:
        bodies = list(itertools.islice(file, arguments.requests))
    target = "/add" if arguments.add else "/query"
    for clients in arguments.clients:
        times = [[] for _ in range(clients)]
        failed = [0] * clients

        def ask(client, clients=clients, times=times, failed=failed):
            connection = Connection(arguments.socket)
            for body in bodies[client::clients]:
                begin = time.perf_counter()
                connection.request("POST", target, body)
                answer = connection.getresponse()
                answer.read()
                times[client].append(time.perf_counter() - begin)
                failed[client] += answer.status != 200

        threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.perf_counter() - begin
        p50, p90, p99, most = percentiles(list(itertools.chain(*times)))
        print(
            f"{clients} clients: {len(bodies) / took:,.0f} requests a second, p50 {p50:.3f} ms, "
            f"p90 {p90:.3f} ms, p99 {p99:.3f} ms, most {most:.3f} ms, {sum(failed)} failed"
        )
    connection = Connection(arguments.socket)
    connection.request("GET", "/stats")
    print("the server:", json.dumps(json.loads(connection.getresponse().read())["query"]))


if __name__ == "__main__":
    main()
