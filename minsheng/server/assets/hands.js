// What a person has at hand: leaving the page asks first while something is typed that is not staged yet (what is
// staged is kept by the server), and the focus goes on to the next thing to do.
let typing = false;
let typed = false;
let asks = false;

const FIELD = 'textarea, input[type=text]';
const CONTROL = 'input:not([disabled]), textarea:not([disabled]), button:not([disabled])';

function listen() {
    if (asks) return;
    asks = true;
    document.addEventListener('input', (event) => { if (event.target.matches?.(FIELD)) typing = true; }, true);
    document.addEventListener('focusout', () => { typing = false; }, true); // sent to the server with the focus
    window.addEventListener('beforeunload', (event) => {
        if (typed || typing) event.preventDefault();
    });
}

// Streamlit draws what this run has sent in its own time; a person who has gone elsewhere meanwhile is left there.
function goTo(key) {
    const before = document.activeElement, class_ = `.st-key-${CSS.escape(key)}`;
    const try_ = () => {
        if (document.activeElement !== before && document.activeElement !== document.body) return true;
        const control = document.querySelector(class_)?.querySelector(CONTROL);
        control?.focus();
        return Boolean(control) && document.activeElement === control;
    };
    if (try_()) return () => {};
    const watcher = new MutationObserver(() => { if (try_()) watcher.disconnect(); });
    watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    return () => watcher.disconnect();
}

export default function ({ data: packed }) {
    const data = JSON.parse(new TextDecoder().decode(packed));
    typed = data.typed;
    listen();
    const stop = data.focus ? goTo(data.focus) : () => {};
    return () => { typed = false; typing = false; stop(); };
}
