// The cards of 导出: each button is a link to the document, fetched here so that a refusal is a sentence on the card.
const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
};

async function fetched(link, said, data, card) {
    if (link.getAttribute('aria-disabled') === 'true') return;
    link.setAttribute('aria-disabled', 'true');
    link.textContent = data.making;
    said.textContent = '';
    try {
        const answer = await fetch(link.href);
        if (answer.ok) {
            const save = make('a'), url = URL.createObjectURL(await answer.blob());
            Object.assign(save, { href: url, download: card.file });
            save.click();
            window.setTimeout(() => URL.revokeObjectURL(url), 60000);
        } else said.textContent = await answer.text();
    } catch {
        said.textContent = data.lost;
    }
    link.textContent = card.button;
    link.removeAttribute('aria-disabled');
}

export default function ({ data: packed, parentElement }) {
    const data = JSON.parse(new TextDecoder().decode(packed));
    const key = JSON.stringify(data), root = make('div', 'cards');
    if (parentElement.drawn === key) return; // a run that changed nothing leaves a download under way alone
    parentElement.drawn = key;
    for (const card of data.cards) {
        const box = make('section', 'card'), head = make('div');
        head.append(make('h3', '', card.label), make('p', '', card.purpose));
        box.append(head);
        const said = make('p', 'said', card.lacking);
        said.setAttribute('role', 'alert');
        if (!card.lacking) {
            const link = make('a', 'button', card.button);
            link.href = card.href;
            link.onclick = (event) => {
                if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                fetched(link, said, data, card);
            };
            box.append(link);
        }
        box.append(said);
        root.append(box);
    }
    parentElement.replaceChildren(...[...parentElement.children].filter((each) => each.tagName === 'STYLE'), root);
}
