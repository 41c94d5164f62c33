// Shows what this browser has stored of Landfall, also where Landfall doesn't start or can't read it, and gives it
// away as files. It takes every record as it is: what is wrong with one is for the program to say that reads the file.
// Written for browsers that are too old for Landfall.

"use strict";

(function () {
  const NAME = "landfall";
  const PREFIX = "landfall.";
  const ROW = "landfall.row.";
  /** What was stored under keys of its own before there were records. */
  const OLDER = /^landfall\.(order\.|schedule\.|draft$|preferences$)/;
  /** The lists of a file by the kinds of records, with what they are called. */
  const LISTS = {
    policy: ["policies", "policies 政策"],
    supplier: ["suppliers", "suppliers 供应商"],
    sku: ["skus", "SKUs"],
    order: ["orders", "orders 订单"],
    receipt: ["receipts", "receipts 收货"],
    dispute: ["disputes", "disputes 纠纷"],
    escalation: ["escalations", "escalations 上报"],
    report: ["reports", "reports 报告"],
    scenario: ["scenarios", "saved costs 已保存的成本"],
    schedule: ["schedules", "fee schedules 费用表"],
    draft: ["drafts", "drafts 草稿"],
    decision: ["decisions", "decisions 决定"],
    run: ["runs", "runs 流程记录"],
    preferences: ["preferences", "preferences 偏好"],
  };

  const byId = (id) => document.getElementById(id);

  /** An element with what is in it: texts and elements. */
  function element(name, inside, properties) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  /** A sentence in both languages. */
  function sentence(english, chinese, className) {
    return element("p", [`${english} `, element("span", [chinese], { lang: "zh-Hans" })], { className: className || "" });
  }

  function answer(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
  }

  /** Everything in the database, by object store: pairs of key and value. Nothing where there is no database. */
  async function database() {
    const stores = {};
    if (!window.indexedDB) return stores;
    const opening = indexedDB.open(NAME);
    // It is not made where there is none.
    opening.onupgradeneeded = () => opening.transaction.abort();
    let base;
    try {
      base = await answer(opening);
    } catch (error) {
      if (error && error.name === "AbortError") return stores;
      throw error;
    }
    try {
      for (const name of Array.from(base.objectStoreNames)) {
        const store = base.transaction(name).objectStore(name);
        const asked = [store.getAllKeys(), store.getAll()];
        const [keys, values] = await Promise.all(asked.map(answer));
        stores[name] = keys.map((key, index) => [key, values[index]]);
      }
    } finally {
      base.close();
    }
    return stores;
  }

  /** The texts of the local storage, by key. */
  function texts() {
    const found = {};
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key.startsWith(PREFIX)) found[key] = localStorage.getItem(key);
    }
    return found;
  }

  /** A record, if a text is one as far as files need it. */
  function record(text) {
    try {
      const read = JSON.parse(text);
      const isRecord = Object.prototype.hasOwnProperty.call(LISTS, read.kind) && typeof read.id === "string" && Array.isArray(read.heads);
      return isRecord ? read : undefined;
    } catch (error) {
      return undefined;
    }
  }

  /** What there is: records by kind as texts, keys that hold none, older texts, and everything as it is. */
  function sorted(stores, local) {
    const rows = (stores.rows || []).map(([key, value]) => [String(key), value && value.text]);
    const kept = Object.keys(local).filter((key) => key.startsWith(ROW)).map((key) => [key.slice(ROW.length), local[key]]);
    const kinds = {};
    const broken = [];
    for (const [key, text] of rows.concat(kept)) {
      const read = record(text);
      if (read) (kinds[read.kind] = kinds[read.kind] || []).push(text);
      else broken.push(key);
    }
    const older = {};
    for (const key of Object.keys(local)) if (OLDER.test(key)) older[key] = local[key];
    const noted = (stores.meta || []).find(([name]) => name === "version");
    const version = Number(noted ? noted[1] : local["landfall.meta.version"]) || 1;
    return { kinds, broken, older, version };
  }

  const envelope = (version, data) =>
    `{"format":"landfall/workspace","version":${version},"savedAt":${JSON.stringify(new Date().toISOString())},"app":"landfall rescue","data":${data}}\n`;

  /** The files that can be had: what each is called and is. */
  function files(stores, local, found) {
    const lists = Object.keys(found.kinds).map((kind) => `"${LISTS[kind][0]}":[\n${found.kinds[kind].join(",\n")}]`);
    const all = [];
    if (lists.length > 0) {
      all.push(["landfall.json", envelope(found.version, `{${lists.join(",")}}`), "All records, as Landfall imports them.", "全部记录，可导入 Landfall。"]);
    }
    if (Object.keys(found.older).length > 0) {
      const text = envelope(0, JSON.stringify(found.older, null, 1));
      all.push(["landfall older.json", text, "What was stored under keys of its own, as Landfall imports it.", "单独保存的内容，可导入 Landfall。"]);
    }
    if (Object.keys(stores).length > 0 || Object.keys(local).length > 0) {
      const raw = { format: "landfall/raw", savedAt: new Date().toISOString(), database: stores, localStorage: local };
      all.push(["landfall raw.json", JSON.stringify(raw, null, 1), "Everything as it is, also what can’t be read.", "全部原始数据，包括无法读取的内容。"]);
    }
    return all;
  }

  function download(name, text) {
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    element("a", [], { href: url, download: name }).click();
    URL.revokeObjectURL(url);
  }

  /** A file: by download, and as a text to be copied where downloads are blocked. */
  function offer([name, text, english, chinese]) {
    const area = element("textarea", [], { className: "link-text", readOnly: true, hidden: true, ariaLabel: name });
    const save = element("button", [`Save “${name}” `, element("span", ["保存为文件"], { lang: "zh-Hans" })], { type: "button" });
    save.onclick = () => download(name, text);
    const show = element("button", ["Show it as text ", element("span", ["显示为文本"], { lang: "zh-Hans" })], { type: "button" });
    show.onclick = () => {
      area.hidden = false;
      area.value = text;
      area.focus();
      area.select();
      if (navigator.clipboard) navigator.clipboard.writeText(text).catch(() => {});
    };
    const size = `${Math.ceil(text.length / 1000)} KB`;
    return element("div", [sentence(`${english} (${size})`, chinese), element("div", [save, " ", show], { className: "actions" }), area]);
  }

  async function show() {
    const lines = [];
    let stores = {};
    let local = {};
    try {
      stores = await database();
    } catch (error) {
      lines.push(sentence(`The browser’s database can’t be opened (${error}).`, "浏览器数据库无法打开。", "notice stop"));
    }
    try {
      local = texts();
    } catch (error) {
      lines.push(sentence(`The local storage can’t be read (${error}).`, "本地存储无法读取。", "notice stop"));
    }
    try {
      const trap = JSON.parse(sessionStorage.getItem("landfall.trapped"));
      if (trap) lines.push(sentence(`Landfall failed twice (${trap.what}).`, "Landfall 连续出错。", "notice stop"));
    } catch (error) {
      // Then it isn't known.
    }
    const found = sorted(stores, local);
    if (found.version > 1) {
      lines.push(sentence(`It is of version ${found.version}, newer than this Landfall.`, "数据来自更新版本的 Landfall。", "notice wait"));
    }
    const items = Object.keys(found.kinds).map((kind) => `${LISTS[kind][1]}: ${found.kinds[kind].length}`);
    for (const key of Object.keys(local)) if (!key.startsWith(ROW)) items.push(`${key}: ${local[key].length}`);
    if (items.length > 0) lines.push(element("ul", items.map((item) => element("li", [item]))));
    if (found.broken.length > 0) {
      const keys = element("ul", found.broken.slice(0, 100).map((key) => element("li", [key])));
      lines.push(sentence(`Can’t be read: ${found.broken.length}. It is in the last file.`, "无法读取，见最后一个文件。", "notice wait"), keys);
    }
    const offered = files(stores, local, found);
    if (offered.length === 0 && lines.length === 0) lines.push(sentence("Nothing is stored here.", "本机没有保存任何内容。"));
    byId("found").replaceChildren(...lines, ...offered.map(offer));
  }

  /** Removes what keeps Landfall for use without a network. */
  async function forget() {
    const scope = new URL("./", location.href).href;
    if (window.caches) {
      const names = (await caches.keys()).filter((name) => name.startsWith(`landfall ${scope} `));
      await Promise.all(names.map((name) => caches.delete(name)));
    }
    if (navigator.serviceWorker) {
      const own = (await navigator.serviceWorker.getRegistrations()).filter((one) => one.scope === scope);
      await Promise.all(own.map((one) => one.unregister()));
    }
  }

  async function erase() {
    if (window.BroadcastChannel) {
      // Tabs that have Landfall open must not store anything again.
      const channel = new BroadcastChannel(NAME);
      channel.postMessage("erased");
      channel.close();
    }
    if (window.indexedDB) await answer(indexedDB.deleteDatabase(NAME));
    for (const key of Object.keys(texts())) localStorage.removeItem(key);
    sessionStorage.removeItem("landfall.trapped");
    await forget();
  }

  const confirmation = byId("confirm");
  const isConfirmed = () => ["ERASE", "清除"].includes(confirmation.value.trim());
  confirmation.oninput = () => (byId("erase").disabled = !isConfirmed());
  byId("erase").onclick = async () => {
    if (!isConfirmed()) return;
    let told;
    try {
      await erase();
      told = sentence("Everything is erased.", "已全部清除。");
    } catch (error) {
      told = sentence(`Not everything could be erased (${error}). Close the other tabs of Landfall and try again.`, "未能全部清除。请关闭其他 Landfall 标签页后重试。", "notice stop");
    }
    byId("erased").replaceChildren(...told.childNodes);
    confirmation.value = "";
    byId("erase").disabled = true;
    await show();
  };
  byId("anew").onclick = async () => {
    // Without a server to answer, what is kept is all there is.
    const isThere = await fetch(`./?${Date.now()}`, { method: "HEAD", cache: "no-store" }).then(({ ok }) => ok, () => false);
    if (!isThere) {
      byId("erased").replaceChildren("The server can’t be reached. 无法连接服务器。");
      return;
    }
    await forget().catch(() => {});
    location.href = "./";
  };

  show();
})();
