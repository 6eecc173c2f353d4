import { expect, test } from "vitest";
import { tidyPassing } from "../../src/platform/tidy-memory.ts";

/** The most that buffers held at once while so many of 64 kB were made and let go. */
async function mostHeld(pieces: number, tidy: (bytes: number) => void): Promise<number> {
  tidyPassing()(2 ** 30);
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let n = 0; n < pieces; n++) {
    tidy(Buffer.allocUnsafeSlow(65_536).fill(n).length);
    if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  return most / 2 ** 20;
}

test("bytes that only pass through are given back every eight megabytes, not every sixty-four", async () => {
  expect(await mostHeld(800, tidyPassing())).toBeLessThan(20);
});
