// Under a figure: the same as a table, the figure as a picture, and for the keyboard what a click on it opens.
const picture = async (host, name) => {
    const plot = host.closest('[data-testid=stElementContainer]').previousElementSibling?.querySelector('.js-plotly-plot');
    if (!plot) return;
    const box = plot.getBoundingClientRect(), canvas = document.createElement('canvas'), scale = 2;
    canvas.width = box.width * scale;
    canvas.height = box.height * scale;
    const pen = canvas.getContext('2d');
    pen.fillStyle = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    for (const svg of plot.querySelectorAll('svg.main-svg')) {
        const drawn = new Image();
        drawn.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
        await drawn.decode();
        pen.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    }
    const link = document.createElement('a');
    link.href = canvas.toDataURL('image/png');
    link.download = `${name}.png`;
    link.click();
};

export default function ({ data: packed, parentElement, setTriggerValue, setStateValue }) {
    const data = JSON.parse(new TextDecoder().decode(packed));
    const make = (tag, kind, text) => {
        const made = document.createElement(tag);
        if (kind) made.className = kind;
        if (text) made.textContent = text;
        return made;
    };
    const button = (words, act) => {
        const made = make('button', '', words);
        made.type = 'button';
        made.onclick = act;
        return made;
    };
    const root = make('div', 'root');
    root.dataset.under = '';
    const list = make('ul', 'skip'), bar = make('div', 'bar'), hidden = data.links.length - data.seen;
    for (const [at, [words, href]] of data.links.entries()) {
        const link = make('a', '', words);
        link.href = href;
        link.onclick = (event) => {
            if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            setTriggerValue('go', at);
        };
        if (at < hidden) {
            const item = make('li');
            item.append(link);
            list.append(item);
        } else {
            bar.append(link);
        }
    }
    if (hidden) root.append(list);
    if (data.twin) {
        const twin = button(data.twin, () => setStateValue('open', data.table === null));
        twin.setAttribute('aria-expanded', String(data.table !== null));
        bar.prepend(twin);
        twin.after(button(data.picture, () => picture(parentElement.host ?? parentElement, data.name)));
    }
    root.append(bar);
    if (data.table) {
        const table = make('table'), [heads, rows] = data.table, scroll = make('div', 'wide');
        const head = make('tr');
        for (const words of heads) {
            const cell = make('th', '', words);
            cell.scope = 'col';
            head.append(cell);
        }
        table.append(head);
        for (const row of rows) {
            const line = make('tr');
            line.append(...row.map((words) => make('td', '', words)));
            table.append(line);
        }
        scroll.append(table);
        scroll.tabIndex = 0;
        root.append(scroll);
    }
    const before = parentElement.querySelector('[data-under]');
    if (before) before.replaceWith(root); else parentElement.append(root);
}
