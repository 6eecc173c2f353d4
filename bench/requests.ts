import { fork } from "node:child_process";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { pause } from "./figures.ts";
import { cpuOf } from "./processes.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** How long one whole answer takes, in ms. */
export function time(url: string, cookie = ""): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie, accept: "text/html", "accept-encoding": "identity" } }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200 ? resolve(performance.now() - started) : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
    }).on("error", reject);
  });
}

export interface Load {
  times: number[];
  /** CPU of the server for each request, in ms. */
  cpu: number;
}

/** Requests at a steady rate, whether or not the ones before are answered. */
export async function atRate(pid: number, perSecond: number, total: number, request: (n: number) => Promise<number>): Promise<Load> {
  for (let n = 0; n < 10; n++) await request(n);
  const before = cpuOf(pid);
  const waiting: Promise<number>[] = [];
  const started = performance.now();
  for (let n = 0; n < total; n++) {
    waiting.push(request(n));
    const next = started + ((n + 1) * 1000) / perSecond;
    if (next > performance.now()) await pause(next - performance.now());
  }
  const times = await Promise.all(waiting);
  return { times, cpu: (cpuOf(pid) - before) / total };
}

/** CPU of node:http for one bare reply on this machine, in ms. */
export async function bareReply(): Promise<{ cpu: number; p50: number }> {
  const child = fork(join(import.meta.dirname, "bare-server.ts"), { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const port = await new Promise<string>((resolve) => child.stdout?.once("data", (bytes: Buffer) => resolve(bytes.toString().trim())));
  const url = `http://127.0.0.1:${port}/`;
  for (let n = 0; n < 500; n++) await time(url);
  const before = cpuOf(child.pid ?? 0);
  const times = [];
  const total = 4000;
  for (let n = 0; n < total; n++) times.push(await time(url));
  const cpu = (cpuOf(child.pid ?? 0) - before) / total;
  child.disconnect();
  return { cpu, p50: times.toSorted((a, b) => a - b)[total / 2] ?? 0 };
}
