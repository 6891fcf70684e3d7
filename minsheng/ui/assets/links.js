
export default function ({ data: packed, parentElement, setTriggerValue }) {
    const data = JSON.parse(new TextDecoder().decode(packed));
    const make = (tag, kind, text) => {
        const made = document.createElement(tag);
        if (kind) made.className = kind;
        if (text) made.textContent = text;
        return made;
    };
    const link = (kind, item) => {
        const made = make('a', kind);
        made.href = item.href;
        made.onclick = (event) => {
            if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            setTriggerValue('open', item.at);
        };
        return made;
    };
    const root = make('div');
    if (data.chips.length) {
        const row = make('div', 'chips');
        for (const item of data.chips) {
            const chip = link('chip', item);
            chip.append(make('span', item.light, item.shape), ` ${item.words}`);
            chip.append(make('b', '', ` ${item.count}`));
            row.append(chip);
        }
        root.append(row);
    }
    for (const group of data.groups) {
        if (group.heading) root.append(make('h3', '', group.heading));
        if (group.note) root.append(make('p', 'note', group.note));
        const list = make('div', 'cards');
        for (const item of group.cards) {
            const card = link('card', item), words = make('div'), title = make('p', 'title');
            if (item.shape) title.append(make('span', item.light, item.shape), ' ');
            title.append(item.title);
            words.append(title, make('p', '', item.words), make('p', 'small', item.small));
            card.append(words, make('span', 'go', data.go));
            list.append(card);
        }
        root.append(list);
    }
    const before = parentElement.querySelector('[data-links]');
    root.dataset.links = '';
    if (before) before.replaceWith(root); else parentElement.append(root);
}
