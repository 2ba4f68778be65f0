// Comforts only: every page works without this file.
"use strict";

// copy buttons appear where the browser can copy
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1600);
  });
}

// cards: Escape closes one; at the right edge it opens to the left
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll(".c:hover, .c:focus-within")) open.classList.add("shut");
});
for (const type of ["mouseover", "focusin"]) {
  document.addEventListener(type, (event) => {
    const citation = event.target.closest?.(".c");
    if (!citation || citation.contains(event.relatedTarget)) return;
    citation.classList.remove("shut");
    citation.classList.toggle("flip", citation.getBoundingClientRect().left + 380 > document.documentElement.clientWidth);
  });
}

// suggestions under the search box: a listbox after the ARIA combobox pattern
for (const input of document.querySelectorAll(".find input[type=search]")) {
  const holder = document.createElement("div");
  holder.className = "suggest";
  const focused = document.activeElement === input;
  input.replaceWith(holder);
  holder.append(input);
  if (focused) input.focus();
  const list = document.createElement("ul");
  list.id = input.id + "-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestions);
  list.hidden = true;
  holder.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
  let chosen = -1;
  let timer = 0;
  let asked = 0;
  const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); if (!open) { chosen = -1; input.removeAttribute("aria-activedescendant"); } };
  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", list.children[index].id);
  };
  const ask = async () => {
    const query = input.value.trim();
    if (query.length < 2) return show(false);
    const mine = ++asked;
    const response = await fetch("/api/v1/suggest?limit=7&q=" + encodeURIComponent(query)).catch(() => null);
    if (!response?.ok || mine !== asked) return;
    const found = (await response.json()).items;
    list.replaceChildren(...found.map((one, index) => {
      const item = document.createElement("li");
      item.id = list.id + index;
      item.setAttribute("role", "option");
      item.lang = "vi";
      const more = document.createElement("small");
      more.textContent = one.number ? one.title || one.issuer || "" : one.issuer || "";
      const status = document.createElement("small");
      status.className = "status";
      status.textContent = one.status.state === "unknown" ? "" : one.status.label;
      item.append(one.number || one.title || one.id, " ", more, " ", status);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); go(one); });
      item.dataset.url = one.url;
      return item;
    }));
    show(found.length > 0);
  };
  const go = (one) => { location.href = one.url + (document.documentElement.lang === "en" ? "?lang=en" : ""); };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 160); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen < last ? chosen + 1 : 0); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen > 0 ? chosen - 1 : last); }
    else if (event.key === "Escape") { event.preventDefault(); show(false); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); go({ url: list.children[chosen].dataset.url }); }
  });
}

// the key "b" changes between a repaired text and the printed one
const printed = document.querySelector("a.asprinted");
if (printed) {
  const change = () => {
    document.querySelector(".reading .text").classList.toggle("printed");
    [printed.textContent, printed.dataset.other] = [printed.dataset.other, printed.textContent];
  };
  printed.addEventListener("click", (event) => { event.preventDefault(); change(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "b" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) change();
  });
}

// which section is being read
const tabs = new Map([...document.querySelectorAll(".tabs a")].map((tab) => [tab.hash.slice(1), tab]));
if (tabs.size && "IntersectionObserver" in window) {
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const tab of tabs.values()) tab.classList.remove("on");
      tabs.get(entry.target.id)?.classList.add("on");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const id of tabs.keys()) { const section = document.getElementById(id); if (section) watch.observe(section); }
}

// of a long text the next part is brought when the end comes near; an anchor that is not here is looked for
const reading = document.querySelector(".reading .text");
if (reading) {
  const base = location.pathname.replace(/\/noi-dung$/, "") + "/noi-dung";
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (/^(dieu|khoan|diem|chuong|muc|tieu-muc|phan|phu-luc)\b/.test(wanted) && !document.getElementById(wanted) && !location.search.includes("tai=")) {
    location.replace(base + "?" + new URLSearchParams({ tai: wanted, ...(document.documentElement.lang === "en" ? { lang: "en" } : {}) }) + "#" + wanted);
  }
  const bottom = [...document.querySelectorAll(".reader .pager")].at(-1);
  if (bottom && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver(async (entries) => {
      const next = bottom.querySelector("[rel=next]");
      if (!next || !entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      const response = await fetch(next.href).catch(() => null);
      if (!response?.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      reading.append(...page.querySelector(".reading .text").children);
      bottom.replaceChildren(...[...page.querySelectorAll(".reader .pager")].at(-1).children);
      for (const link of document.querySelectorAll(".toc a")) {
        if (link.hash && document.getElementById(link.hash.slice(1))) link.href = link.hash;
      }
      watch.observe(bottom);
    }, { rootMargin: "600px" });
    watch.observe(bottom);
  }
}

// a sentence on the board opens where it is led to
const openTarget = () => { const proof = document.querySelector(".group li:target details.proof"); if (proof) proof.open = true; };
window.addEventListener("hashchange", openTarget);
openTarget();

// on paper the sentences stand open
const proofs = [...document.querySelectorAll("details.proof, .timeline details, .cite")];
window.matchMedia("print").addEventListener("change", (event) => {
  for (const one of proofs) {
    if (event.matches && !one.open) { one.open = true; one.dataset.forPrint = ""; }
    else if (!event.matches && "forPrint" in one.dataset) { one.open = false; delete one.dataset.forPrint; }
  }
});
