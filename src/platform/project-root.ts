import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of package.json, from wherever the built program runs. */
export const projectRoot = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "db", "migrations"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("The folder db/migrations is missing: install Kept again.");
    folder = parent;
  }
  return folder;
})();
