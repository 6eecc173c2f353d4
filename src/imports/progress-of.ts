/** Tells open pages how far it is, at most twice a second, in transactions of its own. */
export function progressOf(tell: (rows: number) => Promise<unknown>): { note(rows: number): void; end(): Promise<void> } {
  let last = 0;
  let pending: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  return {
    note: (rows) => {
      const now = performance.now();
      if (isBusy || now - last < 500) return;
      last = now;
      isBusy = true;
      pending = tell(rows)
        .catch(() => {})
        .finally(() => (isBusy = false));
    },
    end: async () => void (await pending),
  };
}
