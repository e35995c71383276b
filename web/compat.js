// Starts Python where there is no WebAssembly: hands the modules' sources to Brython and runs the page's composition root.
"use strict";
(() => {
  const deskside = globalThis.deskside;
  const { VFS, runPythonSource } = __BRYTHON__;

  const install = (sources) => {
    for (const [path, source] of Object.entries(sources)) {
      const parts = path.replace(/\.py$/, "").split("/");
      const isPackage = parts.at(-1) === "__init__";
      if (isPackage) parts.pop();
      for (let depth = 1; depth < parts.length; depth++) {
        VFS[parts.slice(0, depth).join(".")] ??= [".py", "", [], 1];
      }
      VFS[parts.join(".")] = [".py", source, [], isPackage ? 1 : 0];
    }
  };

  deskside
    .start(install)
    .then(() => runPythonSource(`import ${document.documentElement.dataset.module}`, "deskside_start"))
    .catch((error) => deskside.failed(error));
})();
