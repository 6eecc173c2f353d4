import { expect, password, test } from "./pair.ts";

test("words typed in a preparation after the session ended arrive once the rep signs in again in another tab", async ({ pair }) => {
  const rep = await pair.open("rep");
  await rep.goto(`/meetings/${pair.meetings[0]}/preparation`);
  const working = rep.getByLabel("Working", { exact: true });
  await working.fill("Calls before nine");
  await expect(rep.getByText("Saved", { exact: true })).toBeVisible();
  await rep.context().clearCookies();
  await working.fill("Calls before nine, and mornings");
  await expect(rep.getByText("You are signed out. Your words are kept on this device", { exact: false })).toBeVisible();

  const points = await rep.context().newPage();
  await points.goto("/sign-in");
  await points.getByLabel("Mail address").fill("rico@example.com");
  await points.getByLabel("Password").fill(password);
  await points.getByRole("button", { name: "Sign in" }).click();
  await points.waitForURL(/week/);

  // The button is pressed while the words beside it change: it has to stay where it is.
  await rep.bringToFront();
  await rep.getByRole("button", { name: "Hand in" }).click();
  await expect(rep.getByText("Handed in.", { exact: true })).toBeVisible();
  await expect(working).toHaveValue("Calls before nine, and mornings");

  await points.goto(`/meetings/${pair.meetings[0]}/points`);
  await points.getByLabel("What do you want to talk about?").fill("The harbour tender");
  await points.context().clearCookies();
  await points.getByRole("button", { name: "Add point" }).click();
  await expect(points.getByRole("alert").filter({ hasText: "You are signed out: nothing was sent." })).toBeVisible();
  await expect(points.getByLabel("What do you want to talk about?")).toHaveValue("The harbour tender");
});
