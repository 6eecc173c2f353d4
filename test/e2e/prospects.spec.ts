import { expect, test } from "./pair.ts";

test("a deal prepared on the phone is talked through, practised and praised by both, and the record keeps it", async ({ pair }) => {
  const [meeting] = pair.meetings;
  const rep = await pair.open("rep", { viewport: { width: 390, height: 844 } });
  const manager = await pair.open("manager");
  const status = rep.locator("[data-status]").first();

  await test.step("the rep types its story on the phone and hands it in", async () => {
    await rep.goto(`/meetings/${meeting}/preparation`);
    await rep.getByLabel("Another deal to go through").selectOption({ label: "Harbour Lights" });
    await rep.getByRole("button", { name: "Add it" }).click();
    const deal = rep.getByRole("article", { name: /Harbour Lights/ });
    await deal.getByLabel("Current situation").fill("Forty lamps, all of them old; the harbour master decides");
    await deal.getByLabel("Needs", { exact: true }).fill("No lamp dark for longer than a night");
    await deal.getByLabel("Next step", { exact: true }).fill("Walk the quay together");
    await deal.getByLabel("Next step on").fill("2030-01-07");
    await deal.getByText("Yes", { exact: true }).click();
    await deal.getByLabel("Who agreed").fill("Ana Ruiz");
    await deal.getByLabel("What if they say no?").fill("Ask what would have to be true by spring");
    await expect(status).toHaveText("Saved");
    const width = await rep.evaluate(() => document.documentElement.scrollWidth);
    expect(width, "nothing sticks out of the page").toBeLessThanOrEqual(390);
    await rep.getByRole("button", { name: "Hand in" }).click();
    await expect(rep.getByText(/You can still change it until you start/)).toBeVisible();
  });

  await test.step("in the room both see it, and what one writes the other reads", async () => {
    await manager.goto(`/meetings/${meeting}/room`);
    await manager.getByRole("button", { name: "Start the one-on-one" }).click();
    await manager.getByRole("link", { name: /^Prospects/ }).click();
    await expect(manager.getByText("As Rico prepared them", { exact: false })).toBeVisible();
    await expect(manager.getByText("Forty lamps", { exact: false }).first()).toBeVisible();
    await expect(manager.getByText("Agreed by Ana Ruiz").first()).toBeVisible();
    await rep.goto(`/meetings/${meeting}/room`);
    await rep.getByRole("link", { name: /^Prospects/ }).click();
    await manager.getByText("Write into its story").click();
    await manager.getByLabel("Dominant buying motive").fill("The insurer asks for it");
    await expect(rep.getByText("The insurer asks for it").first()).toBeVisible();
  });

  await test.step("they practise it, and it ends with something good", async () => {
    await manager.getByRole("button", { name: "Practise it: Harbour Lights" }).click();
    await manager.getByRole("link", { name: /^Practice/ }).click();
    const play = manager.locator("details.role-play");
    await play.getByLabel("What if they answer…").fill("We have no money this year");
    await play.getByLabel("Then you say").fill("Who loses when a lamp is dark?");
    await play.getByLabel("Try 1: how did it go?").fill("Asked, then waited");
    await rep.getByRole("link", { name: /^Practice/ }).click();
    await expect(rep.getByLabel("Try 1: how did it go?")).toHaveValue("Asked, then waited");
    await play.getByLabel("What was good?").fill("You let the silence work");
    await play.getByRole("button", { name: "Done" }).click();
    await expect(manager.getByText("done", { exact: true })).toBeVisible();
  });

  await test.step("the five P’s say what was done", async () => {
    await rep.getByRole("link", { name: /What’s next/ }).click();
    const marks = rep.locator("ul.five-ps li");
    await expect(marks).toHaveCount(5);
    for (const words of ["gone through for 1 of 1", "next step and what if for 1 of 1", "one role-play", "written down"])
      await expect(marks.filter({ hasText: words })).toHaveClass("done");
  });

  await test.step("and the record has all of it", async () => {
    await manager.getByRole("link", { name: "Finish", exact: true }).first().click();
    await manager.getByLabel(/why/i).fill("Ana comes back to us first");
    await manager.getByRole("button", { name: "Close and send the summary to both" }).click();
    await rep.goto(`/meetings/${meeting}/record`);
    for (const words of [
      "Forty lamps",
      "The insurer asks for it",
      "Walk the quay together",
      "We have no money this year",
      "You let the silence work",
    ])
      await expect(rep.getByText(words, { exact: false }).first()).toBeVisible();
    await expect(rep.locator("ul.five-ps li.done")).toHaveCount(5);
  });
});
