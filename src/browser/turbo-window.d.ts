interface Window {
  Turbo?: { session: { refresh(url: string): void }; visit(url: string, options?: { action?: string }): void };
}
declare module "@hotwired/turbo";
