// The app's own elements. Their scripts and styles came with the page; what a run sends of one is its data.
(() => {
    'use strict';
    const version = __VERSION__, styles = __STYLES__, scripts = __SCRIPTS__, sheets = {};
    for (const [name, style] of Object.entries(styles)) {
        sheets[name] = new CSSStyleSheet();
        sheets[name].replaceSync(style);
    }
    window.minsheng = (name, wanted, element) => {
        if (wanted !== version) { // another server than the one that sent this page
            window.location.reload();
            return undefined;
        }
        const root = element.parentElement.getRootNode();
        if (sheets[name] && !root.adoptedStyleSheets.includes(sheets[name])) root.adoptedStyleSheets.push(sheets[name]);
        return scripts[name](element);
    };
})();
