// The foot of every page: what the figures rest on, a link to what is seen, and the way out of a presentation.
const CHROME = '[data-testid=stHeader], [data-testid=stSidebar], [data-testid=stTopNav], [data-testid=stToolbar]';

export default function ({ data: packed, parentElement, setTriggerValue, setStateValue }) {
    const data = JSON.parse(new TextDecoder().decode(packed));
    parentElement.stop?.();
    const make = (tag, kind, text) => {
        const made = document.createElement(tag);
        if (kind) made.className = kind;
        if (text) made.textContent = text;
        return made;
    };
    const root = make('div');
    root.dataset.width = data.width; // what the figures of this run are set for
    const foot = make('div', 'foot'), copy = make('button', '', data.copy);
    copy.type = 'button';
    copy.onclick = async () => {
        const url = new URL(window.location.href);
        url.searchParams.set(data.version, data.fingerprint);
        if (data.period) url.searchParams.set('period', data.period);
        if (data.host) url.hostname = data.host.includes(':') ? `[${data.host}]` : data.host;
        try {
            await navigator.clipboard.writeText(url.href);
        } catch { // without https a browser gives no clipboard: the old way still works there
            const box = make('textarea');
            box.value = url.href;
            document.body.append(box);
            box.select();
            document.execCommand('copy');
            box.remove();
        }
        copy.textContent = data.copied;
        window.setTimeout(() => { copy.textContent = data.copy; }, data.host ? 2000 : 8000);
    };
    foot.append(make('span', '', data.words), copy);
    root.append(foot);
    parentElement.append(root);
    // Figures are set for one of three widths; paper is not one of them.
    const zoom = () => (data.leave ? data.zooms.find((each) => window.innerWidth / each >= data.narrowest) ?? 1 : 1);
    const fits = () => {
        if (window.matchMedia('print').matches) return;
        const main = document.querySelector('[data-testid=stMain]'), times = zoom();
        const room = (data.leave ? window.innerWidth / times : main?.clientWidth ?? window.innerWidth) - 32;
        const width = data.widths.find((each) => each <= room) ?? data.widths.at(-1);
        if (width !== data.width || (data.leave && times !== data.zoom)) setStateValue('room', [width, times]);
    };
    fits();
    window.addEventListener('resize', fits);
    let undo = () => {};
    if (data.leave) {
        const bar = make('div', 'bar'), style = make('style'), html = document.documentElement;
        for (const [name, words] of data.leave) {
            const way = make('button', '', words);
            way.type = 'button';
            way.onclick = () => setTriggerValue('leave', name);
            bar.append(way);
        }
        root.append(bar);
        // Larger for the room; figures come at that size, and plotly measures its box where nothing is zoomed.
        const enlarge = () => {
            const times = zoom();
            style.textContent = `${CHROME} { display: none !important; } [data-testid=stMain] { zoom: ${times}; }
                [data-testid=stMainBlockContainer] { padding-top: 2rem; }
                [data-testid=stPlotlyChart] { zoom: ${1 / times}; }`;
        };
        enlarge();
        document.head.append(style);
        window.addEventListener('resize', enlarge);
        const key = (event) => {
            if (event.key !== 'Escape' || event.defaultPrevented) return;
            setTriggerValue('leave', data.leave[0][0]);
        };
        window.addEventListener('keydown', key);
        undo = () => {
            style.remove();
            window.removeEventListener('keydown', key);
            window.removeEventListener('resize', enlarge);
        };
    }
    parentElement.stop = () => { undo(); window.removeEventListener('resize', fits); root.remove(); };
    return () => parentElement.stop();
}
