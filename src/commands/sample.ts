import { openSampleCompany } from "../domain/organisations/open-sample-company.ts";
import { sampleCompany } from "../domain/organisations/set-up-link.ts";
import { addressOf } from "../platform/address-of.ts";
import { readEnv } from "../platform/env.ts";
import { PlainError } from "../platform/plain-error.ts";
import { startApp } from "../start-app.ts";

/** Makes the sample company from the terminal, beside a running Kept or alone. A second time changes nothing. */
export async function sample(args: string[]): Promise<void> {
  if (args.length > 0) throw new PlainError(`The sample company needs no ${args[0]}.`, "npm run kept -- sample");
  const running = await startApp(readEnv(), { share: true });
  try {
    const { app } = running;
    const wasThere = await sampleCompany(app);
    await openSampleCompany(app);
    console.log(wasThere ? "The sample company is there already." : "The sample company is made.");
    console.log(`Be anybody in it: ${addressOf(app.env)}/sign-in`);
  } finally {
    await running.stop();
  }
}
