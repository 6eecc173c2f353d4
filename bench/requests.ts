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
  for (let n = 0; n < 60; n++) await request(n);
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

export interface Bare {
  /** CPU of one reply at the same rate as the pages are asked for, in ms. */
  cpu: number;
  /** The same when one request follows the other without a pause. */
  cpuInARow: number;
  p50: number;
}

/** What node:http needs for one bare reply on this machine. */
export async function bareReply(perSecond: number, total: number): Promise<Bare> {
  const child = fork(join(import.meta.dirname, "bare-server.ts"), { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const port = await new Promise<string>((resolve) => child.stdout?.once("data", (bytes: Buffer) => resolve(bytes.toString().trim())));
  const url = `http://127.0.0.1:${port}/`;
  const pid = child.pid ?? 0;
  for (let n = 0; n < 500; n++) await time(url);
  const before = cpuOf(pid);
  const inARow = 3000;
  for (let n = 0; n < inARow; n++) await time(url);
  const cpuInARow = (cpuOf(pid) - before) / inARow;
  const { cpu, times } = await atRate(pid, perSecond, total, () => time(url));
  child.disconnect();
  return { cpu, cpuInARow, p50: times.toSorted((a, b) => a - b)[Math.floor(total / 2)] ?? 0 };
}
