/** What every page can do: switch between light and dark, and copy a command. */

const key = "guildhall-theme";
const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function current(): "light" | "dark" {
  const chosen = root.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return prefersDark.matches ? "dark" : "light";
}

/** Choosing what the system prefers anyway goes back to following the system. */
function choose(theme: "light" | "dark"): void {
  const follows = theme === (prefersDark.matches ? "dark" : "light");
  if (follows) delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (follows) localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    button.textContent = "copied";
  } catch {
    button.textContent = "press Ctrl-C";
    const text = button.parentElement?.querySelector("code");
    if (text) getSelection()?.selectAllChildren(text);
  }
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-theme-toggle]")) choose(current() === "dark" ? "light" : "dark");
  const button = target?.closest<HTMLElement>("[data-copy]");
  if (button) void copy(button);
});
