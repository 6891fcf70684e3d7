// Sets a tree of [tag, classes, inside, attributes, link] as elements; text only ever as text.
const TAGS = new Set(['a', 'b', 'blockquote', 'dd', 'div', 'dl', 'dt', 'h1', 'h2', 'h3', 'header', 'li', 'mark', 'nav', 'ol', 'option', 'p', 'select',
    'section', 'small', 'span', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul']);
const SAFE = new Set(['href', 'style', 'title', 'lang', 'value', 'selected', 'scope', 'role', 'rel', 'colspan']);

export default function ({ data: packed, parentElement, setTriggerValue }) {
    const made = (each) => {
        if (typeof each === 'string') return document.createTextNode(each);
        const [tag, kind, inside, about = {}, at = -1] = each;
        if (!TAGS.has(tag)) throw new Error(tag);
        const node = document.createElement(tag);
        if (kind) node.className = kind;
        for (const [name, value] of Object.entries(about)) {
            if (SAFE.has(name) || name.startsWith('aria-')) node.setAttribute(name, value);
        }
        if (at >= 0) node.dataset.at = at;
        node.append(...inside.map(made));
        if (tag === 'a' && at >= 0) {
            node.onclick = (event) => {
                if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                setTriggerValue('open', at);
            };
        }
        if (tag === 'select') {
            node.onchange = () => {
                const to = node.selectedOptions[0]?.dataset.at;
                if (to) setTriggerValue('open', Number(to));
            };
        }
        return node;
    };
    const root = document.createElement('div');
    root.className = 'root';
    root.dataset.words = '';
    root.append(...JSON.parse(new TextDecoder().decode(packed)).map(made));
    const before = parentElement.querySelector('[data-words]');
    if (before) before.replaceWith(root); else parentElement.append(root);
}
