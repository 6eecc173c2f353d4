import { expect, notes, test, wordsIn } from "./pair.ts";

test("two people prepare nothing, hold, promise, confirm and close; the promise comes back next time", async ({ pair }) => {
  const manager = await pair.open("manager");
  const rep = await pair.open("rep", { viewport: { width: 390, height: 844 } });
  const [now, next] = pair.meetings;
  await rep.goto(`/meetings/${now}/room`);
  await manager.goto(`/meetings/${now}/room`);
  await manager.getByRole("button", { name: "Start the one-on-one" }).click();
  await expect(rep.getByRole("heading", { name: "Connect" })).toBeVisible();

  await notes(manager).click();
  await manager.keyboard.type("From Mara. ");
  await notes(rep).click();
  await rep.keyboard.press("End");
  await rep.keyboard.type("From Rico.");
  await expect.poll(() => wordsIn(manager)).toBe("From Mara. From Rico.");
  await expect(manager.getByText("Rico is here")).toBeVisible();
  await expect(manager.locator(".caret-name")).toHaveText("Rico");

  await manager.getByText("My private notes").click();
  await manager.locator("kept-note[data-doc=private] [contenteditable]").click();
  await manager.keyboard.type("Mine alone");

  await manager.keyboard.press("Alt+Shift+ArrowRight");
  await expect(rep.getByRole("heading", { name: "Last promises", level: 2 }).first()).toBeVisible();
  await expect(manager.getByText("Nothing was promised yet")).toBeVisible();

  await manager.getByRole("link", { name: "What else?" }).click();
  await manager.getByLabel("What will you do by next time?").fill("Ask Nordic Paper for the board date in writing");
  await manager.getByLabel("It hangs on").selectOption({ label: "Nordic Paper" });
  await manager.getByRole("button", { name: "Write it down" }).click();
  await expect(manager.getByText("What else?", { exact: true }).first()).toBeVisible();
  await expect(manager.getByText("Not yet confirmed by Rico")).toBeVisible();
  await rep.getByRole("link", { name: "What else?" }).click();
  await rep.getByRole("button", { name: "Yes, I confirm it" }).click();
  await expect(manager.getByText("Confirmed by both")).toBeVisible();

  await manager.getByRole("link", { name: "Finish", exact: true }).first().click();
  await manager.getByRole("button", { name: "Close and send the summary to both" }).click();
  await expect(manager.getByText("it is locked", { exact: false }).first()).toBeVisible();
  await expect(manager.getByText("Mine alone")).toBeVisible();
  // The other screen follows by itself: going there at the same moment would cut that off.
  await rep.waitForURL(`**/meetings/${now}/record`);
  await expect(rep.getByText("From Mara. From Rico.")).toBeVisible();
  await expect(rep.getByText("Mine alone")).toHaveCount(0);

  await rep.goto("/commitments");
  await expect(rep.getByText("Ask Nordic Paper for the board date in writing", { exact: true })).toBeVisible();
  await rep.goto("/records?q=board+dat");
  await expect(rep.getByText("with Mara Lindt · commitment")).toBeVisible();

  await rep.goto(`/meetings/${next}/room`);
  await rep.getByRole("button", { name: "Start the one-on-one" }).click();
  await rep.getByRole("button", { name: "Next: Last promises" }).click();
  await rep.getByText("Partly").click();
  await rep.getByLabel("A word on why").fill("They named a month, not a day");
  await rep.getByRole("button", { name: "Settle" }).click();
  await expect(rep.getByText("All settled.")).toBeVisible();
});

test("a promise is written down by Enter, several lines of it by Ctrl+Enter", async ({ pair }) => {
  const manager = await pair.open("manager");
  await manager.goto(`/meetings/${pair.meetings[0]}/room`);
  await manager.getByRole("button", { name: "Start the one-on-one" }).click();
  await manager.getByRole("link", { name: "What else?" }).click();
  const box = manager.locator("#commitment-words");
  const promised = manager.locator(".promise");
  await box.click();
  await manager.keyboard.press("Enter");
  await expect(promised).toHaveCount(0);
  await manager.keyboard.type("Call the board");
  await manager.keyboard.press("Enter");
  await expect(promised.getByText("Call the board", { exact: true })).toBeVisible();
  await expect(box).toHaveValue("");
  await box.click();
  await manager.keyboard.type("Two things:");
  await manager.keyboard.press("Shift+Enter");
  await manager.keyboard.type("write to Nordic Paper");
  await manager.keyboard.press("Enter");
  await manager.keyboard.type("and to Alba");
  await expect(promised).toHaveCount(1);
  await expect(box).toHaveValue("Two things:\nwrite to Nordic Paper\nand to Alba");
  await manager.keyboard.press("Control+Enter");
  await expect(promised).toHaveCount(2);
  await expect(promised.getByText("and to Alba")).toBeVisible();
});

test("words that were sent leave their field, though the page hears of them before the answer has come", async ({ pair }) => {
  const manager = await pair.open("manager");
  await manager.goto(`/meetings/${pair.meetings[0]}/room`);
  await manager.getByRole("button", { name: "Start the one-on-one" }).click();
  await manager.getByRole("link", { name: "What else?" }).click();
  await manager.route("**/room/commitments", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.fulfill({ response });
  });
  const box = manager.locator("#commitment-words");
  await box.fill("Call the board");
  await box.press("Enter");
  await expect(manager.locator(".promise").getByText("Call the board", { exact: true })).toBeVisible();
  await expect(box).toHaveValue("");
});

test("nothing is closed without a promise unless somebody says why", async ({ pair }) => {
  const manager = await pair.open("manager");
  await manager.goto(`/meetings/${pair.meetings[0]}/room`);
  await manager.getByRole("button", { name: "Start the one-on-one" }).click();
  await manager.getByRole("link", { name: "Finish", exact: true }).first().click();
  await manager.getByLabel("Why was nothing promised?").fill("Rico is on leave from tomorrow");
  await manager.getByRole("button", { name: "Close and send the summary to both" }).click();
  await expect(manager.getByText("Nothing. Rico is on leave from tomorrow")).toBeVisible();
});

test("a killed server and a cut network lose no keystroke of either", async ({ pair }) => {
  test.setTimeout(120_000);
  const manager = await pair.open("manager");
  const rep = await pair.open("rep");
  for (const page of [manager, rep]) await page.goto(`/meetings/${pair.meetings[0]}/room`);
  await manager.getByRole("button", { name: "Start the one-on-one" }).click();
  await expect(notes(rep)).toBeVisible();
  await expect(manager.getByText("Saved on this device and on the server.", { exact: false })).toBeVisible();
  await notes(manager).click();
  await notes(rep).click();

  const typing = Promise.all([
    manager.keyboard.type("aaaaaaaaaaaaaaaaaaaa".repeat(6), { delay: 15 }),
    rep.keyboard.type("bbbbbbbbbbbbbbbbbbbb".repeat(6), { delay: 15 }),
  ]);
  await manager.waitForTimeout(600);
  await pair.killAndRestart();
  await typing;
  const lettersOf = async (page: typeof manager) => [...(await wordsIn(page))].toSorted().join("");
  const all = "a".repeat(120) + "b".repeat(120);
  await expect.poll(() => lettersOf(manager), { timeout: 20_000 }).toBe(all);
  await expect.poll(() => lettersOf(rep), { timeout: 20_000 }).toBe(all);

  pair.wire.mode = "silent";
  await rep.keyboard.type("offline", { delay: 10 });
  await manager.keyboard.type("online", { delay: 10 });
  await expect(rep.getByText("kept on this device and sent when it is back", { exact: false })).toBeVisible();
  pair.wire.mode = "open";
  const both = [...`${all}offlineonline`].toSorted().join("");
  await expect.poll(() => lettersOf(manager), { timeout: 20_000 }).toBe(both);
  await expect.poll(() => lettersOf(rep), { timeout: 20_000 }).toBe(both);
  await manager.reload();
  await expect.poll(() => lettersOf(manager), { timeout: 20_000 }).toBe(both);
});

test("a form whose network is gone keeps its words", async ({ pair }) => {
  const manager = await pair.open("manager");
  await manager.goto(`/meetings/${pair.meetings[0]}/room`);
  await manager.getByRole("button", { name: "Start the one-on-one" }).click();
  await manager.getByRole("link", { name: "What else?" }).click();
  await manager.getByLabel("What will you do by next time?").fill("Call the plant manager");
  await manager.context().setOffline(true);
  await manager.getByRole("button", { name: "Write it down" }).click();
  await expect(manager.getByText("No connection: nothing was sent.", { exact: false })).toBeVisible();
  await manager.context().setOffline(false);
  await manager.reload();
  await expect(manager.getByLabel("What will you do by next time?")).toHaveValue("Call the plant manager");
  await manager.getByRole("button", { name: "Write it down" }).click();
  await expect(manager.locator(".promise").getByText("Call the plant manager")).toHaveCount(1);
});

test("words typed offline while the other one closes are offered as a remark", async ({ pair }) => {
  const manager = await pair.open("manager");
  const rep = await pair.open("rep");
  for (const page of [manager, rep]) await page.goto(`/meetings/${pair.meetings[0]}/room`);
  await manager.getByRole("button", { name: "Start the one-on-one" }).click();
  await expect(rep.getByText("Saved on this device and on the server.", { exact: false })).toBeVisible();
  pair.wire.mode = "silent";
  await notes(rep).click();
  await rep.keyboard.type("The board meets on the ninth");
  await expect(rep.getByText("kept on this device and sent when it is back", { exact: false })).toBeVisible();
  await manager.goto(`/meetings/${pair.meetings[0]}/finish`);
  await manager.getByLabel("Why was nothing promised?").fill("The line broke");
  await manager.getByRole("button", { name: "Close and send the summary to both" }).click();
  await expect(manager.getByText("Closed. Both of you get the summary", { exact: false })).toBeVisible();
  pair.wire.mode = "open";
  await rep.goto(`/meetings/${pair.meetings[0]}/record`);
  await expect(rep.locator("#late-words")).toHaveValue("Connect\nThe board meets on the ninth");
  await rep.getByRole("button", { name: "Add it as a remark" }).click();
  await manager.reload();
  await expect(manager.locator("#remarks").getByText("The board meets on the ninth")).toBeVisible();
});
