import type { App } from "../platform/context.ts";

export async function startJobs(_app: App): Promise<{ stop(): Promise<void> }> {
  return { stop: async () => {} };
}
