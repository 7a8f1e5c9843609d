(() => {
  // The folder of the site: what stands before that of a language, else the folder of the address.
  const base = document.createElement("base");
  const before = /^(.*?\/)(?:LANGUAGES)(?:\/|$)/.exec(location.pathname);
  base.href = before ? before[1] : location.pathname.replace(/[^/]*$/, "");
  document.currentScript.before(base);
})();
